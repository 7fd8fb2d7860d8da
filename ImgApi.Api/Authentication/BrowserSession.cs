namespace ImgApi.Api.Authentication;

/// <summary>A user who signed in with a browser.</summary>
/// <param name="User">The user's entry in the configuration at that time. The session ends when it changes.</param>
/// <param name="Token">
/// What the scripts of the pages send besides the cookie. Pages of other sites do not know it, while a browser adds the cookie to their
/// requests too.
/// </param>
/// <param name="BeganAt">A timestamp of the clock.</param>
internal sealed record BrowserSession(UserEntry User, string Token, long BeganAt)
{
    /// <summary>A timestamp of the clock.</summary>
    public long UsedAt { get; set; } = BeganAt;

    /// <summary>Requests that have not ended. An upload over a slow line can take longer than the idle time.</summary>
    public int OpenRequests { get; set; }
}
