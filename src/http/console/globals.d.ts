// What the bundles of Swagger UI and Redoc define.
declare const SwaggerUIBundle: (options: object) => unknown
declare const Redoc: { init(url: string, options: object, element: Element | null): void }
