namespace ImgApi.Api.Authentication;

/// <summary>Checks a user's password, and limits guesses: for Basic, and for the form of the pages.</summary>
internal sealed class PasswordCheck(IUserPasswords passwords, AttemptLimiter limiter)
{
    public async ValueTask<Verdict> CheckAsync(HttpContext context, string name, string password)
    {
        var network = ClientNetwork.Of(context);
        var digest = limiter.Digest(name, password);
        bool MayTry() => limiter.MayTry(network, digest);
        var isRight = MayTry() ? await passwords.VerifyAsync(name, password, MayTry, context.RequestAborted) : null;
        switch (isRight)
        {
            case true:
                limiter.Remember(network, digest);
                return Verdict.Accept(name);
            case false when limiter.TryCount(network):
                // The same text for an unknown user and a wrong password, so that nobody can find out names.
                return Verdict.Refuse(name, "Invalid username/password combination");
            default:
                return Verdict.Throttle(name, limiter.WaitOf(network));
        }
    }
}
