using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace ImgApi.Api.Web;

/// <summary>
/// Shows errors in the words of the API. A 401 asks for no credentials, since the browser would open its own dialog over the page; the page
/// links to the sign-in instead.
/// </summary>
internal sealed class ErrorPage(IActionResultExecutor<ViewResult> views, IModelMetadataProvider metadata, SessionScheme sessions) : IErrorPage
{
    public Task WriteAsync(HttpContext context, ErrorBody error)
    {
        context.Response.Headers.WWWAuthenticate = default;
        SignIn(context);
        PageHeaders.Set(context.Response);
        var action = new ActionContext(context, context.GetRouteData(), new ActionDescriptor());
        var data = new ViewDataDictionary<ErrorBody>(metadata, action.ModelState) { Model = error };
        return views.ExecuteAsync(action, new ViewResult { ViewName = "Error", ViewData = data, StatusCode = context.Response.StatusCode });
    }

    /// <summary>An address without a route checks nobody, but its page shows who is signed in.</summary>
    private void SignIn(HttpContext context)
    {
        if (context.Request.Headers.Authorization.Count == 0 && context.User.Identity?.IsAuthenticated != true
            && sessions.CheckPage(context) is { Refusal: null } && context.Features.Get<BrowserSession>() is { User: { } user })
        {
            context.User = CredentialsHandler.PrincipalOf(user.Name, user.Role);
        }
    }
}
