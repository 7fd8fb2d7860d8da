namespace ImgApi.Api.Web;

/// <summary>The cookie of the framework's antiforgery. It has the attributes of the session's.</summary>
internal sealed class FormCookie : CookieBuilder
{
    public FormCookie() => Name = "imgapi-form";

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom) => SessionCookie.Options(context);
}
