// Every page: switches on the GOV.UK components that are better with JavaScript. Each works without it.
import { Button, ErrorSummary, ExitThisPage, NotificationBanner, PasswordInput, ServiceNavigation, SkipLink, createAll } from 'govuk-frontend';
import { offerPasskeys } from './passkeys';

// The template's own inline script would need a hole in the content security policy.
document.body.classList.add('js-enabled', 'govuk-frontend-supported');

createAll(Button, { preventDoubleClick: true });
createAll(ErrorSummary);
createAll(ExitThisPage);
createAll(NotificationBanner);
createAll(PasswordInput);
createAll(ServiceNavigation);
createAll(SkipLink);
offerPasskeys();
