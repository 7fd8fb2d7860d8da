using ImgApi.Api.CommandLine.Connection;

namespace ImgApi.Api.CommandLine.Images;

/// <summary>The images of a server with what decides whether they are too old.</summary>
internal static class RemoteAges
{
    /// <summary>All images that the user can see, in all channels.</summary>
    public static async Task<IReadOnlyDictionary<Uuid, (RemoteManifest Manifest, AgedImage Aged)>> ReadAsync(
        Session session, CancellationToken cancellation)
    {
        var usages = new Dictionary<Uuid, JsonElement>();
        await foreach (var usage in session.Server.ListUsageAsync(session.Source, image: null, session.RequestId, cancellation))
        {
            if (usage.Member("uuid").AsUuid() is { } uuid)
            {
                usages[uuid] = usage;
            }
        }

        var images = new Dictionary<Uuid, (RemoteManifest, AgedImage)>();
        var source = session.Source with { Channel = ChannelSet.Every };
        await foreach (var manifest in session.Images.ListAsync(source, [new("state", "all")], session.RequestId, cancellation))
        {
            images[manifest.Uuid!.Value] = (manifest, Aged(manifest, usages.GetValueOrDefault(manifest.Uuid.Value), session.Source.Channel));
        }

        return images;
    }

    /// <summary>An image without a known last fetch stays, for instance one that was created meanwhile; so does one that is in other channels too.</summary>
    private static AgedImage Aged(RemoteManifest manifest, JsonElement usage, string? channel)
    {
        var fetched = Time(usage, "last_fetch") ?? Time(usage, "counted_since");
        var image = Image(manifest);
        var isElsewhere = channel is not (null or ChannelSet.Every) && image.Details.Channels?.Any(name => name != channel) == true;
        return new AgedImage(image, fetched ?? DateTimeOffset.MaxValue, Time(usage, "idle_since")) { IsHeld = fetched is null || isElsewhere };
    }

    private static Image Image(RemoteManifest manifest)
    {
        var state = manifest.Json.Member("state").AsText();
        var isActivated = state is ImageState.Active or ImageState.Disabled;
        return Domain.Images.Image.Restore(
            manifest.Uuid!.Value, ManifestCodec.Details(new ManifestDocument(manifest.Json)), isActivated,
            isActivated || state == ImageState.Unactivated ? null : state, file: null, icon: null);
    }

    private static DateTimeOffset? Time(JsonElement usage, string member) => usage.Member(member).AsTimestamp()?.Instant;
}
