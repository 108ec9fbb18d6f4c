// Coming in: a passkey signs in or is added, or a screen is paired. The secret of a link stands behind its #,
// so no server and no log sees it in an address.

const secret = location.hash.slice(1);
history.replaceState(null, "", location.pathname);

async function post(path, body) {
  const answer = await fetch(path, { method: "POST", body, headers: { "content-type": "text/plain" } });
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

const knocks = {
  "/sign-in": async () => {
    const options = PublicKeyCredential.parseRequestOptionsFromJSON(await post("/sign-in/challenge", ""));
    return post("/sign-in", JSON.stringify(await navigator.credentials.get({ publicKey: options })));
  },
  "/enrol": async () => {
    const options = PublicKeyCredential.parseCreationOptionsFromJSON(await post("/enrol/challenge", secret));
    const made = await navigator.credentials.create({ publicKey: options });
    return post("/enrol", `${secret}\n${JSON.stringify(made)}`);
  },
  "/pair": () => post("/pair", secret),
};

document.getElementById("knock").addEventListener("click", async () => {
  const refused = document.getElementById("refused");
  refused.hidden = true;
  try {
    const { then } = await knocks[location.pathname]();
    location.assign(then);
  } catch {
    refused.hidden = false;
  }
});
