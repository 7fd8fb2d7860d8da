namespace ImgApi.Api.Authentication;

/// <summary>One way for callers to prove who they are. A new way is one more implementation.</summary>
internal interface ICredentialScheme
{
    /// <summary>How the server asks for such credentials in <c>WWW-Authenticate</c>.</summary>
    string Challenge { get; }

    /// <summary>What such credentials are, for a person who sent none.</summary>
    string Description { get; }

    /// <summary>Whether wrong credentials may be somebody's guesses, so that many of them are slowed down.</summary>
    bool CanBeGuessed { get; }

    /// <summary>Whether an <c>Authorization</c> header begins with the scheme's word.</summary>
    bool Takes(string header);

    /// <summary>Looks at the credentials. They may be anything that fits into a header.</summary>
    /// <param name="context">The request.</param>
    /// <param name="header">Its <c>Authorization</c> header; not empty.</param>
    ValueTask<Verdict> CheckAsync(HttpContext context, string header);
}
