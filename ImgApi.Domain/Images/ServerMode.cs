namespace ImgApi.Domain.Images;

/// <summary>What kind of repository the server is (contract 0.1; <c>mixed</c> is this project's own).</summary>
public enum ServerMode
{
    /// <summary>Images may be public or private; both are accepted and listed. The default.</summary>
    Mixed,

    /// <summary>An open repository: every image is public.</summary>
    Public,

    /// <summary>Every image is private (which means: marked so; reading needs no credentials by itself).</summary>
    Private,

    /// <summary>The service inside a datacentre: callers are trusted, accounts and owners matter.</summary>
    Dc,
}
