using FluentValidation;
using FluentValidation.Results;

namespace ImgApi.Api.Configuration;

/// <summary>The rules for values of the right type, and for keys that depend on each other. No message shows a value that may be secret.</summary>
internal sealed partial class ConfigurationValidator : AbstractValidator<ServerConfiguration>
{
    /// <summary>
    /// Checks by code, since FluentValidation compiles an expression for each rule. For forty keys that would take a tenth of a second of
    /// every start.
    /// </summary>
    protected override bool PreValidate(ValidationContext<ServerConfiguration> context, ValidationResult result)
    {
        var configuration = context.InstanceToValidate;
        var keys = new Keys(context, typeof(ServerConfiguration));
        keys.Check(nameof(configuration.DataFolder), configuration.DataFolder is not null, "is missing: the folder that holds the images");
        keys.Check(nameof(configuration.DataFolder), configuration.DataFolder is not { } folder || IsPath(folder));
        CheckServer(configuration, keys);
        CheckUsers(configuration, keys);
        CheckPublicKeys(configuration, keys);
        CheckRoles(configuration, keys);
        CheckAuthentication(configuration, keys);
        CheckImages(configuration, keys);
        CheckRetention(configuration, keys);
        CheckChannels(configuration, keys);
        CheckRemote(configuration, keys);
        return true;
    }

    private static bool IsPath(string path) => path.Length > 0 && path[0] != '~' && !path.Contains('\0', StringComparison.Ordinal);

    private static bool IsPrefix(string? path) =>
        path is null
        || (path is ['/', .., '/'] && path.Split('/')[1..^1].All(part => part.Any(char.IsAsciiLetterOrDigit)
            && part.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '~')));

    private static bool IsVisible(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static void CheckServer(ServerConfiguration to, Keys keys)
    {
        keys.Check(nameof(to.Port), to.Port is >= 0 and <= ushort.MaxValue);
        keys.Check(nameof(to.MaxConnections), to.MaxConnections is null or (>= 1 and <= 1_000_000));
        keys.Check(nameof(to.ShutdownSeconds), to.ShutdownSeconds is >= 0 and <= 86_400);
        keys.Check(nameof(to.ServerName), IsVisible(to.ServerName));
        keys.Check(nameof(to.PathBase), IsPrefix(to.PathBase));
        keys.Check(nameof(to.AccelRedirect), IsPrefix(to.AccelRedirect));
        if (to.Tls is { } tls)
        {
            var files = keys.Below(typeof(TlsFiles), "tls");
            files.Check(nameof(tls.Certificate), IsPath(tls.Certificate));
            files.Check(nameof(tls.Key), IsPath(tls.Key));
        }
    }

    private static void CheckImages(ServerConfiguration to, Keys keys)
    {
        keys.Check(nameof(to.MaxImageSize), to.MaxImageSize >= 1);
        keys.Check(nameof(to.MinFree), to.MinFree is null or >= 0);
        keys.Check(nameof(to.Quota), to.Quota is null or >= 1);
        keys.Check(nameof(to.AuditDays), to.AuditDays is >= 1 and <= 36_500);
        keys.Check(nameof(to.ScrubRate), to.ScrubRate >= 0);
        keys.Check(nameof(to.ScrubIntervalHours), to.ScrubIntervalHours is >= 1 and <= 1000);
        keys.Check(nameof(to.UploadLifespanHours), to.UploadLifespanHours is >= 1 and <= 10_000);
        keys.Check(nameof(to.UnactivatedLifespanDays), to.UnactivatedLifespanDays is >= 0 and <= 10_000);
        keys.Check(nameof(to.DatabaseType), to.DatabaseType == Contracts.StorageTypes.Local);
        keys.Check(nameof(to.StorageTypes), to.StorageTypes is [Contracts.StorageTypes.Local]);
        keys.Check(nameof(to.AllowLocalCreateImageFromVm), !to.AllowLocalCreateImageFromVm);
    }

    private static void CheckRetention(ServerConfiguration to, Keys keys)
    {
        if (to.Retention is not { } retention)
        {
            return;
        }

        var below = keys.Below(typeof(RetentionKeys), "retention");
        below.Check(nameof(retention.Keep), retention.Keep is null or (>= 1 and <= 10_000));
        below.Check(nameof(retention.OlderThanDays), retention.OlderThanDays is null or (>= 1 and <= 10_000));
        below.Check(nameof(retention.UnactivatedDays), retention.UnactivatedDays is null or (>= 1 and <= 10_000));
        below.Check(nameof(retention.FetchedWithinDays), retention.FetchedWithinDays is >= 0 and <= 10_000);
        keys.Check(nameof(to.Retention), retention.Rules is { PrunesActivated: true } or { Unactivated: not null });
    }

    private static void CheckChannels(ServerConfiguration to, Keys keys)
    {
        if (to.Channels is not { } channels)
        {
            return;
        }

        foreach (var (index, channel) in channels.Index())
        {
            var entry = keys.Below(typeof(ConfiguredChannel), $"channels[{index}]");
            entry.Check(nameof(channel.Name), Channel.IsName(channel.Name));
            entry.Check(nameof(channel.Description), channel.Description.Length > 0);
        }

        keys.Check(
            nameof(to.Channels),
            channels.Count > 0 && channels.DistinctBy(entry => entry.Name).Count() == channels.Count && channels.Count(entry => entry.Default) < 2);
    }

    private static void CheckRemote(ServerConfiguration to, Keys keys)
    {
        keys.Check(nameof(to.HttpProxy), to.HttpProxy is null or { Scheme: "http", PathAndQuery: "/" });
        keys.Check(nameof(to.ImportTimeoutMinutes), to.ImportTimeoutMinutes is >= 1 and <= 10_080);
        keys.Check(nameof(to.ImportMinRate), to.ImportMinRate >= 0);
        keys.Check(nameof(to.DatacenterName), to.DatacenterName is null or { Length: > 0 });
        foreach (var (index, webhook) in to.Webhooks.Index())
        {
            var entry = keys.Below(typeof(ConfiguredWebhook), $"webhooks[{index}]");
            entry.Check(nameof(webhook.Url), webhook.Url is { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "" });
            entry.Check(nameof(webhook.Secret), webhook.Secret.Length >= ConfiguredWebhook.MinSecret);
        }

        keys.Check(nameof(to.Webhooks), to.Webhooks.DistinctBy(webhook => webhook.Url).Count() == to.Webhooks.Count, "has two entries with one URL");
    }

    /// <summary>Reports values of the keys of one record.</summary>
    /// <param name="context">Collects the failures.</param>
    /// <param name="type">The record.</param>
    /// <param name="path">The path of the record in the configuration; empty for the whole.</param>
    private sealed class Keys(ValidationContext<ServerConfiguration> context, Type type, string path = "")
    {
        public Keys Below(Type record, string at) => new(context, record, at + ".");

        /// <summary>Reports the value of a property unless it is good. The message follows the name of the key.</summary>
        public void Check(string property, bool isGood, string? message = null)
        {
            if (!isGood)
            {
                var key = type.GetProperty(property)!;
                Fail(path + ConfigurationKey.NameOf(key), message ?? ConfigurationKey.MustBe(key, key.PropertyType));
            }
        }

        public void Fail(string at, string message) => context.AddFailure(new ValidationFailure(at, message));
    }
}
