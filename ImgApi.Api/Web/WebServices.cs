using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc.Razor;

namespace ImgApi.Api.Web;

/// <summary>Registers the pages.</summary>
internal static class WebServices
{
    // Views bring them along. The first creates keys in the home folder at each start. The second adds a filter to every action, those of the
    // API included.
    private static readonly string[] Unwanted = ["DataProtectionHostedService", "TempDataMvcOptionsSetup"];

    public static void AddWebPages(this IServiceCollection services)
    {
        services.AddSingleton<PageAssets>();
        services.AddSingleton<IErrorPage, ErrorPage>();
        services.Configure<RazorViewEngineOptions>(razor =>
        {
            razor.ViewLocationFormats.Clear();
            razor.ViewLocationFormats.Add("/Web/Views/{0}.cshtml");
        });

        services.AddAntiforgery(forms => forms.Cookie = new FormCookie());
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        foreach (var service in services.Where(service => Unwanted.Contains(service.ImplementationType?.Name)).ToArray())
        {
            services.Remove(service);
        }
    }
}
