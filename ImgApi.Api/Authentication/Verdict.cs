namespace ImgApi.Api.Authentication;

/// <summary>What became of the credentials of a request.</summary>
/// <param name="User">Who the caller is, or says to be; null if the credentials name nobody.</param>
/// <param name="Refusal">Why they are refused, in the words of the answer; null if they are right.</param>
/// <param name="IsUntried">Whether they were not looked at, since too many wrong ones came from that network.</param>
internal sealed record Verdict(string? User, string? Refusal, bool IsUntried = false)
{
    /// <summary>They are right.</summary>
    public static Verdict Accept(string user) => new(user, Refusal: null);

    /// <summary>They are wrong.</summary>
    public static Verdict Refuse(string? user, string reason) => new(user, reason);

    /// <summary>They were not looked at.</summary>
    public static Verdict Untried(string? user) => new(user, "too many wrong credentials came from this address", IsUntried: true);
}
