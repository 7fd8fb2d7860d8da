namespace ImgApi.Api.Authentication;

/// <summary>
/// Checks a token. Refused ones count as guesses, as wrong passwords do, so that nobody can fill the log with them. Only the holder of the
/// right secret learns why a token is not valid any more.
/// </summary>
internal sealed class TokenCheck(AccessTokens tokens, TokenUses uses, AttemptLimiter limiter, CurrentConfiguration current, TimeProvider clock)
{
    /// <param name="user">The name that was sent with the token; null if none was.</param>
    public Verdict Check(HttpContext context, string? user, string secret)
    {
        var network = ClientNetwork.Of(context);
        var digest = limiter.Digest(user ?? "", secret);
        if (!limiter.MayTry(network, digest))
        {
            return Verdict.Throttle(user, limiter.WaitOf(network));
        }

        var token = tokens.Find(secret);
        if (Refusal(token, user) is { } refusal)
        {
            return limiter.TryCount(network) ? Verdict.Refuse(token?.Name ?? user, refusal) : Verdict.Throttle(user, limiter.WaitOf(network));
        }

        limiter.Remember(network, digest);
        uses.Record(token!);
        return Verdict.Accept(token!);
    }

    private string? Refusal(AccessToken? token, string? user) =>
        token is null ? "unknown token"
        : token.Ended(clock.GetUtcNow()) is { } ended ? ended
        : token.User is { } owner && current.Value.Users.All(entry => entry.Name != owner) ? $"the user \"{owner}\" of the token no longer exists"
        : user is not null && user != token.Name && user != token.Id ? $"the token belongs to another user name: send {token.Name}"
        : null;
}
