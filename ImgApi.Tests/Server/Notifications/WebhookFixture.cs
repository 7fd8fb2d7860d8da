using ImgApi.Api.Configuration;
using ImgApi.Domain.Notifications;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Notifications;

/// <summary>A server with a webhook, and its receiver.</summary>
internal abstract class WebhookFixture
{
    protected const string Secret = "0123456789abcdef";

    protected static ConfiguredWebhook To(Uri url, params NotificationKind[] kinds) =>
        new() { Url = url, Secret = Secret, Events = kinds.Length > 0 ? kinds : Enum.GetValues<NotificationKind>() };

    protected static Task<TestServer> StartAsync(ConfiguredWebhook webhook, string? dataFolder = null, Func<ServerConfiguration, ServerConfiguration>? configure = null) =>
        TestServer.StartAsync(dataFolder: dataFolder, configure: configuration => (configure?.Invoke(configuration) ?? configuration) with { Webhooks = [webhook] });

    /// <summary>The warnings of <c>/health</c>.</summary>
    protected static async Task<string> WarningsAsync(TestServer server) =>
        (await server.Admin.GetAnswerAsync("/health")).Json.GetProperty("warnings").ToString();
}
