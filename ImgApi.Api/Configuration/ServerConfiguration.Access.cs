using System.Text.Json.Serialization;

namespace ImgApi.Api.Configuration;

/// <content>Who may read and write.</content>
internal sealed partial record ServerConfiguration
{
    private readonly AuthenticationKind? _authentication;

    /// <summary>
    /// List of users: <c>{ "name": ..., "password": ..., "role": ..., "quota": BYTES }</c>. The password is clear text, or a hash from
    /// <c>imgapi hash-password</c>. The role is <c>read</c>, <c>publish</c>, <c>manage</c> or <c>admin</c>, by default <c>admin</c>, see
    /// <see href="docs/security.md#roles">security.md</see>. Without a <c>quota</c> there is no limit, see
    /// <see href="docs/operating.md#room-and-age">operating.md</see>.
    /// </summary>
    [JsonPropertyName("userdb"), MustBe("a list of { \"name\": ..., \"password\": ..., \"role\": ... }")]
    public IReadOnlyList<UserEntry> Users { get; init; } = [];

    /// <summary>
    /// JSON file with more users and with tokens, which <c>imgapi user</c> and <c>imgapi token</c> edit; changes take effect at once, see
    /// <see href="docs/operating.md#users-and-tokens">operating.md</see>.
    /// </summary>
    [MustBe("the path of a file; ~ does not stand for the home folder")]
    public string? UsersFile { get; init; }

    /// <summary>Users who authenticate with HTTP Signature: <c>{ "USER": ["ssh-ed25519 AAAA...", ...], ... }</c>, OpenSSH public keys.</summary>
    [JsonPropertyName("authKeys"), MustBe("an object of lists of OpenSSH public keys: { \"USER\": [\"ssh-ed25519 ...\"] }")]
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Keys { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Folder with files <c>USER.keys</c>, one public key per line; changes take effect at once.</summary>
    [JsonPropertyName("authKeysDir"), MustBe(Folder)]
    public string? KeyFolder { get; init; }

    /// <summary>
    /// Roles of users who have keys and are not in <c>userdb</c>: <c>{ "USER": "publish", ... }</c>. Users without a role are <c>admin</c>.
    /// </summary>
    [JsonPropertyName("roles"), MustBe("an object of roles: { \"USER\": \"read\", \"publish\", \"manage\" or \"admin\" }")]
    public IReadOnlyDictionary<string, Role> Roles { get; init; } = new Dictionary<string, Role>();

    /// <summary>
    /// <c>basic</c>: users of <c>userdb</c> and <c>usersFile</c>, and tokens; <c>signature</c>: users with keys; <c>basic,signature</c>: both; <c>none</c>: everyone may
    /// write, refused on public addresses.
    /// </summary>
    /// <value><c>basic</c>; <c>signature</c> if keys are configured; both if <c>userdb</c> or <c>usersFile</c> is configured too</value>
    [JsonPropertyName("authType"), MustBe("\"basic\", \"signature\", \"basic,signature\" or \"none\"")]
    public AuthenticationKind Authentication
    {
        get => _authentication ?? DefaultAuthentication;
        init => _authentication = value;
    }

    /// <summary>
    /// <c>true</c> allows <c>authType</c> <c>none</c> on a public <c>address</c>: everyone who reaches the server may change and delete its
    /// images.
    /// </summary>
    public bool AllowOpenWrites { get; init; }

    /// <summary>
    /// What needs credentials besides writes. <c>open</c>: nothing; <c>private</c>: images with <c>public: false</c>; <c>all</c>:
    /// everything but <c>/ping</c>, <c>/health</c> and the documentation.
    /// </summary>
    [JsonPropertyName("readAuth")]
    public ReadAccess ReadAccess { get; init; }

    /// <summary>
    /// <c>true</c>: images of users with the role <c>publish</c> become active after somebody with the role <c>manage</c> has approved them, see
    /// <see href="docs/operating.md#approval">operating.md</see>.
    /// </summary>
    public bool Approval { get => Rules.RequiresApproval; init => Rules = Rules with { RequiresApproval = value }; }

    /// <summary>
    /// <c>true</c>: an HTTP Signature must cover <c>(request-target)</c>, so that it cannot be replayed for another request;
    /// <c>sdc-clients</c> signs only the date.
    /// </summary>
    public bool RequireSignedTarget { get; init; }

    /// <summary>Minutes without a request after which a user who signed in with a browser has to sign in again.</summary>
    [MustBe("a number of minutes from 1 to 720")]
    public int SessionMinutes { get; init; } = 30;

    internal bool HasKeys => Keys.Count > 0 || KeyFolder is not null;

    /// <summary>Whether callers can authenticate with a password.</summary>
    internal bool HasPasswords => Authentication.HasFlag(AuthenticationKind.Basic);

    /// <summary>Whether the pages have a sign-in.</summary>
    internal bool OffersSignIn => HasPasswords && (Users.Count > 0 || UsersFile is not null);

    /// <summary>Whether callers can authenticate with a token.</summary>
    internal bool HasTokens => HasPasswords && UsersFile is not null;

    /// <summary>The role of a user whose credentials were right.</summary>
    internal Role RoleOf(string user) =>
        Users.FirstOrDefault(entry => entry.Name == user)?.Role ?? (Roles.TryGetValue(user, out var role) ? role : Role.Admin);

    private AuthenticationKind DefaultAuthentication =>
        HasKeys ? AuthenticationKind.Signature | (Users.Count > 0 || UsersFile is not null ? AuthenticationKind.Basic : 0) : AuthenticationKind.Basic;
}

/// <summary>How callers authenticate. A server can enable several kinds.</summary>
[Flags]
internal enum AuthenticationKind
{
    /// <summary>Not at all: everyone may write. Never the default.</summary>
    None = 0,

    /// <summary>HTTP Basic with the passwords of <c>userdb</c> and <c>usersFile</c>, and tokens.</summary>
    Basic = 1,

    /// <summary>HTTP Signature with the users' public keys.</summary>
    Signature = 2,
}

/// <summary>Which reads need credentials.</summary>
internal enum ReadAccess
{
    /// <summary>None, as with trondn/imgapi and sdc-imgapi.</summary>
    Open,

    /// <summary>Those of private images, which are hidden from all other callers.</summary>
    Private,

    /// <summary>All but ping, health and the documentation.</summary>
    All,
}
