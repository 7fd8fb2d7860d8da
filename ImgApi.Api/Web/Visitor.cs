namespace ImgApi.Api.Web;

/// <summary>What the pages offer to the person in front of the browser.</summary>
/// <param name="User">Name of the user who is signed in; null for others.</param>
/// <param name="MaySignIn">Whether it makes sense to offer the sign-in.</param>
/// <param name="Actor">The user and the role, which permits what is offered.</param>
/// <param name="IsTrusted">Whether to show what the API does not show to strangers.</param>
/// <param name="Token">
/// For scripts: they send <c>Authorization: Session TOKEN</c> with each request to the API. Null if nobody is signed in.
/// </param>
internal sealed record Visitor(string? User, bool MaySignIn, Actor Actor, bool IsTrusted, string? Token)
{
    public static Visitor Of(HttpContext context)
    {
        var configuration = context.RequestServices.GetRequiredService<ServerConfiguration>();
        var current = context.RequestServices.GetRequiredService<CurrentConfiguration>().Value;
        var caller = Caller.Of(context.User, configuration);
        return new Visitor(
            caller.User, current.OffersSignIn && caller.User is null, caller.Actor, caller.IsTrusted, context.Features.Get<BrowserSession>()?.Token);
    }
}
