namespace ImgApi.Api.Logging;

/// <summary>The names under which the server registers its formatters. The framework has one that is named <c>json</c>.</summary>
internal static class FormatterName
{
    public static string Of(LogFormat format) => $"imgapi-{format}";
}
