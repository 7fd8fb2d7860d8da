namespace ImgApi.Api.Authentication;

/// <summary>The cookie that holds the id of a session. The browser forgets it when it is closed.</summary>
internal static class SessionCookie
{
    public const string Name = "imgapi-session";

    /// <summary>The id that the browser sent; null if it sent none.</summary>
    public static string? IdOf(HttpContext context) => context.Request.Cookies[Name];

    public static void Set(HttpContext context, string id) => context.Response.Cookies.Append(Name, id, Options(context));

    public static void Delete(HttpContext context) => context.Response.Cookies.Delete(Name, Options(context));

    /// <summary>Scripts cannot read the cookie, and browsers do not send it with requests of other sites.</summary>
    public static CookieOptions Options(HttpContext context) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = PublicUrl.IsSecure(context),
        Path = context.Request.PathBase.HasValue ? context.Request.PathBase.Value : "/",
    };
}
