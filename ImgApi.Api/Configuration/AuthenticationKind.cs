namespace ImgApi.Api.Configuration;

/// <summary>How callers prove who they are.</summary>
public enum AuthenticationKind
{
    /// <summary>HTTP Basic against the configured users; writes need it.</summary>
    Basic,

    /// <summary>Nothing is asked and everyone may write. Only when the configuration says so.</summary>
    None,
}
