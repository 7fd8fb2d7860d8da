namespace ImgApi.Api.Logging;

/// <summary>What an event is about, for operators who filter the log. In the program, the category of an event is the name of a type.</summary>
internal static class LogCategories
{
    /// <summary>Beginnings of names, the longer ones first.</summary>
    private static readonly (string Beginning, string Word)[] Table =
    [
        ("ImgApi.Api.Pipeline.ChangeLog", "change"),
        ("ImgApi.Api.Pipeline", "request"),
        ("ImgApi.Api.Authentication", "access"),
        ("ImgApi.Api.Web.SignIn", "access"),
        ("ImgApi.Infrastructure.Security", "access"),
        ("ImgApi.Api.Background.Job", "import"),
        ("ImgApi.Api.Background", "storage"),
        ("ImgApi.Infrastructure.FileSystem", "storage"),
        ("ImgApi.Api.Logging.ContentWarnings", "image"),
        ("ImgApi.Api.Controllers", "image"),
        ("Microsoft", "framework"),
    ];

    /// <summary><c>change</c>, <c>request</c>, <c>access</c>, <c>import</c>, <c>storage</c>, <c>image</c>, <c>framework</c>, or <c>server</c> for all others.</summary>
    public static string Of(string category) =>
        Table.FirstOrDefault(row => category.StartsWith(row.Beginning, StringComparison.Ordinal)).Word ?? "server";
}
