/** Says in words when a passkey could not be used; without this a person would see nothing happen. */
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const said = document.getElementById("passkey-trouble");
  if (said) said.hidden = false;
});
for (const button of document.querySelectorAll("#passkey_login, #mfa_webauthn_authenticate, #mfa_webauthn_reauthenticate, #mfa_webauthn_add")) {
  button.addEventListener("click", () => {
    const said = document.getElementById("passkey-trouble");
    if (said) said.hidden = true;
  });
}
