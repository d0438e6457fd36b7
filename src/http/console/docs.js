SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  displayRequestDuration: true,
  // The badge of the validator would be fetched from another host.
  validatorUrl: null,
})
