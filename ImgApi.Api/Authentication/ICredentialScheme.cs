namespace ImgApi.Api.Authentication;

/// <summary>A way to authenticate with the <c>Authorization</c> header.</summary>
internal interface ICredentialScheme
{
    /// <summary>The scheme in <c>WWW-Authenticate</c>.</summary>
    string Challenge { get; }

    /// <summary>Describes the credentials to a person who sent none.</summary>
    string Description { get; }

    /// <summary>Whether wrong credentials may be guesses, so that <see cref="AttemptLimiter"/> limits them.</summary>
    bool IsThrottled { get; }

    /// <summary>Whether an <c>Authorization</c> header names this scheme.</summary>
    bool Handles(string header);

    /// <param name="header">The header, for which <see cref="Handles"/> is true.</param>
    ValueTask<Verdict> CheckAsync(HttpContext context, string header);
}

/// <summary>The result of checking credentials.</summary>
/// <param name="User">The user that the credentials name, whether they are right or not; null if they name none.</param>
/// <param name="Refusal">The reason for the answer; null if the credentials are right.</param>
/// <param name="IsThrottled">Whether they were not checked, because too many wrong ones came from their network.</param>
internal sealed record Verdict(string? User, string? Refusal, bool IsThrottled = false)
{
    public static Verdict Accept(string user) => new(user, Refusal: null);

    public static Verdict Refuse(string? user, string reason) => new(user, reason);

    public static Verdict Throttle(string? user) => new(user, "too many wrong credentials came from this address", IsThrottled: true);
}
