using FluentValidation;

namespace ImgApi.Api.Configuration;

/// <summary>
/// The rules for values that have the right type, and for keys together. A message goes on after the name of its key: "must be ...". No
/// message shows a value that may be secret.
/// </summary>
internal sealed class ConfigurationValidator : AbstractValidator<ServerConfiguration>
{
    /// <summary>The rules.</summary>
    public ConfigurationValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        this.Key(to => to.DataFolder, folder => folder is not null).WithMessage("is missing: the folder that holds the images");
        this.Key(to => to.DataFolder, folder => folder is null || IsPath(folder));
        AddServerRules();
        AddAccessRules();
        AddImageRules();
        AddRemoteRules();
    }

    private static bool IsPath(string path) => path.Length > 0 && path[0] != '~' && !path.Contains('\0', StringComparison.Ordinal);

    private static bool IsPrefix(string? path) =>
        path is null
        || (path is ['/', .., '/'] && path.Split('/')[1..^1].All(part => part.Any(char.IsAsciiLetterOrDigit)
            && part.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or '~')));

    private static bool IsVisible(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private void AddServerRules()
    {
        this.Key(to => to.Port, port => port is >= 0 and <= ushort.MaxValue);
        this.Key(to => to.MaxConnections, count => count is null or (>= 1 and <= 1_000_000));
        this.Key(to => to.ShutdownSeconds, seconds => seconds is >= 0 and <= 86_400);
        this.Key(to => to.ServerName, IsVisible);
        this.Key(to => to.PathBase, IsPrefix);
        this.Key(to => to.AccelRedirect, IsPrefix);
        RuleFor(to => to.Tls!).ChildRules(tls =>
        {
            tls.Key(files => files.Certificate, IsPath);
            tls.Key(files => files.Key, IsPath);
        }).OverridePropertyName("tls");
    }

    private void AddAccessRules()
    {
        RuleForEach(to => to.Users).SetValidator(new UserEntryValidator()).OverridePropertyName("userdb");
        RuleForEach(to => to.Users)
            .Must((to, user) => user.Name.Length == 0 || ReferenceEquals(user, to.Users.First(other => other.Name == user.Name)))
            .WithMessage("has the name of an earlier entry").OverridePropertyName("userdb");
        this.Key(to => to.Keys, keys => keys.All(user => user.Key.Length > 0 && user.Value?.All(line => line is not null) == true));
        this.Key(to => to.KeyFolder, folder => folder is null || IsPath(folder));
        Include(new CredentialsValidator());
    }

    private void AddImageRules()
    {
        RuleForEach(to => to.Channels).ChildRules(channel =>
        {
            channel.Key(entry => entry.Name, Channel.IsName);
            channel.Key(entry => entry.Description, text => text.Length > 0);
        }).OverridePropertyName("channels");
        this.Key(to => to.Channels, channels => channels is null
            || (channels.Count > 0 && channels.DistinctBy(entry => entry.Name).Count() == channels.Count && channels.Count(entry => entry.Default) < 2));
        this.Key(to => to.MaxImageSize, size => size >= 1);
        this.Key(to => to.MinFree, bytes => bytes is null or >= 0);
        this.Key(to => to.ScrubRate, rate => rate >= 0);
        this.Key(to => to.ScrubIntervalHours, hours => hours is >= 1 and <= 1000);
        this.Key(to => to.UnactivatedLifespanDays, days => days is >= 0 and <= 10_000);
        this.Key(to => to.DatabaseType, type => type == Contracts.StorageTypes.Local);
        this.Key(to => to.StorageTypes, types => types is [Contracts.StorageTypes.Local]);
        this.Key(to => to.AllowLocalCreateImageFromVm, allow => !allow);
    }

    private void AddRemoteRules()
    {
        this.Key(to => to.HttpProxy, url => url is null or { Scheme: "http", PathAndQuery: "/" });
        this.Key(to => to.ImportTimeoutMinutes, minutes => minutes is >= 1 and <= 10_080);
        this.Key(to => to.ImportMinRate, rate => rate >= 0);
        this.Key(to => to.Datacenters, sources => !sources.ContainsKey(""));
        this.Key(to => to.DatacenterName, name => name is null or { Length: > 0 });
    }
}
