namespace ImgApi.Api.Configuration;

/// <summary>How callers prove who they are; several ways can be open at a time.</summary>
[Flags]
public enum AuthenticationKind
{
    /// <summary>Nothing is asked and everyone may write. Only when the configuration says so.</summary>
    None = 0,

    /// <summary>HTTP Basic against the configured users.</summary>
    Basic = 1,

    /// <summary>HTTP Signature against the users' public keys.</summary>
    Signature = 2,
}
