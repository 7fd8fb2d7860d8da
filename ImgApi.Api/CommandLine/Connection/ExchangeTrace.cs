using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Connection;

/// <summary>Shows requests and answers on standard error, for <c>--verbose</c>. Passwords, signatures and bodies are left out.</summary>
internal sealed partial class ExchangeTrace(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Printer.Error($"> {request.Method} {UserInfo.Replace(request.RequestUri!.AbsoluteUri, "//***@")}");
        Show('>', request.Headers);
        Show('>', request.Content?.Headers);
        var start = Stopwatch.GetTimestamp();
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            Printer.Error(string.Create(CultureInfo.InvariantCulture, $"< HTTP {(int)response.StatusCode} after {time:0} ms"));
            Show('<', response.Headers);
            Show('<', response.Content.Headers);
            return response;
        }
        catch (HttpRequestException fault)
        {
            Printer.Error($"< {fault.Message}");
            throw;
        }
    }

    private static void Show(char direction, HttpHeaders? headers)
    {
        foreach (var (name, values) in headers?.NonValidated ?? default)
        {
            Printer.Error($"{direction} {name}: {(name == "Authorization" ? values.ToString().Split(' ')[0] + " ***" : values)}");
        }
    }

    /// <summary>Credentials in the URL of another server, which is a parameter, and therefore escaped.</summary>
    [GeneratedRegex("(//|%2F%2F)[^/@&]+?(@|%40)", RegexOptions.IgnoreCase)]
    private static partial Regex UserInfo { get; }
}
