/* Asks a device for a passkey and puts its answer into the form, which is then sent as any other. Pages work without it,
   by passwords and codes. No request is made here and nothing is kept. */
const box = document.querySelector(".passkey"), form = box.closest("form"), told = box.querySelector(".fault");
const { act, party, keys, owner, name, nothing, twice } = box.dataset;
const makes = act === "create";

const bytesOf = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));

function textOf(buffer) {
  const text = Array.from(new Uint8Array(buffer ?? []), (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

const field = (word) => form.elements[`passkey.${word}`];
const known = () => keys.split(" ").filter(Boolean).map((id) => ({ type: "public-key", id: bytesOf(id) }));

const asked = () => makes
  ? { challenge: bytesOf(field("challenge").value), rp: { id: party, name: "Vigie" },
      user: { id: bytesOf(owner), name, displayName: name }, excludeCredentials: known(), attestation: "none",
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: "public-key", alg })),
      authenticatorSelection: { residentKey: "preferred", userVerification: "required" } }
  : { challenge: bytesOf(field("challenge").value), rpId: party, allowCredentials: known(), userVerification: "required" };

async function ask() {
  told.hidden = true;
  try {
    const { rawId, response } = await navigator.credentials[act]({ publicKey: asked() });
    field("key").value = textOf(rawId);
    field("owner").value = textOf(response.userHandle);
    field("client").value = textOf(response.clientDataJSON);
    field("data").value = textOf(makes ? response.getAuthenticatorData() : response.authenticatorData);
    field("signature").value = textOf(response.signature);
    form.submit();
  } catch (error) {
    told.textContent = makes && error.name === "InvalidStateError" ? twice : nothing;
    told.hidden = false;
  }
}

if (window.PublicKeyCredential) {
  box.querySelector("button").addEventListener("click", ask);
  if (makes) // the form is for nothing else, so that Enter in its field asks too
    form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
  form.hidden = box.hidden = false;
  for (const note of document.querySelectorAll("[data-without-passkeys]")) note.hidden = true;
}
