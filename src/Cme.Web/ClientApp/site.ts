// Every page: switches on the GOV.UK components that are better with JavaScript. Each works without it.
import { Button, ErrorSummary, NotificationBanner, ServiceNavigation, SkipLink, createAll } from 'govuk-frontend';

// The template's own inline script would need a hole in the content security policy.
document.body.classList.add('js-enabled', 'govuk-frontend-supported');

createAll(Button, { preventDoubleClick: true });
createAll(ErrorSummary);
createAll(NotificationBanner);
createAll(ServiceNavigation);
createAll(SkipLink);
