// GOV.UK Frontend ships no types. These are the parts that site.ts uses.
declare module 'govuk-frontend' {
  type Component = new (root: Element, config?: object) => unknown;
  export const Button: Component;
  export const ErrorSummary: Component;
  export const ExitThisPage: Component;
  export const NotificationBanner: Component;
  export const PasswordInput: Component;
  export const ServiceNavigation: Component;
  export const SkipLink: Component;
  export function createAll(component: Component, config?: object): unknown[];
}
