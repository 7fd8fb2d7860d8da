namespace ImgApi.Api.Configuration;

/// <summary>How callers authenticate. A server can enable several kinds.</summary>
[Flags]
internal enum AuthenticationKind
{
    /// <summary>Not at all: everyone may write. Never the default.</summary>
    None = 0,

    /// <summary>HTTP Basic with the passwords of <c>userdb</c>.</summary>
    Basic = 1,

    /// <summary>HTTP Signature with the users' public keys.</summary>
    Signature = 2,
}
