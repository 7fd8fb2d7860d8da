namespace ImgApi.Api.Authentication;

/// <summary>The result of checking credentials.</summary>
/// <param name="User">The user that the credentials name, whether they are right or not; null if they name none.</param>
/// <param name="Refusal">The reason for the answer; null if the credentials are right.</param>
/// <param name="RetryAfter">Set if they were not checked, because too many wrong ones came from their network.</param>
internal sealed record Verdict(string? User, string? Refusal, TimeSpan? RetryAfter = null)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>The token that was sent; null for other credentials, and wrong ones.</summary>
    public AccessToken? Token { get; private init; }

    public bool IsThrottled => RetryAfter is not null;

    /// <summary>The error for the caller, if there is a <see cref="Refusal"/>.</summary>
    public ImgApiException Error =>
        new(IsThrottled ? ErrorCode.TooManyRequests : ErrorCode.Unauthorized, Refusal!) { RetryAfter = RetryAfter };

    public static Verdict Accept(string user) => new(user, Refusal: null);

    public static Verdict Accept(AccessToken token) => Accept(token.Name) with { Token = token };

    public static Verdict Refuse(string? user, string reason) => new(WithoutSecret(user), reason);

    /// <param name="wait">Time until a check is possible. The attempt that ended the wait meanwhile counts as a second.</param>
    public static Verdict Throttle(string? user, TimeSpan wait) =>
        new(WithoutSecret(user), "too many wrong credentials came from this address", wait > Second ? wait : Second);

    /// <summary>The name for log and answers. Some people send a token as the name of a user.</summary>
    private static string? WithoutSecret(string? user) => user is null ? null : TokenSecret.Hide(user);
}
