using System.Runtime.CompilerServices;

namespace ImgApi.Api.Logging;

/// <summary>
/// The request during which an event is logged, as a scope of the log. So the lines of code that knows nothing of requests, such as the store's,
/// have the request id too.
/// </summary>
/// <param name="Id">The request id.</param>
internal sealed record RequestScope(string Id)
{
    /// <summary>The request id among the scopes of an event; null if there is none.</summary>
    public static string? IdIn(IExternalScopeProvider? scopes)
    {
        var found = new StrongBox<string?>();
        scopes?.ForEachScope(
            static (scope, box) =>
            {
                if (scope is RequestScope request)
                {
                    box.Value = request.Id;
                }
            },
            found);
        return found.Value;
    }
}
