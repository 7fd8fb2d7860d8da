using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Server;

/// <summary>The bars of a job: one for each file that it fetches.</summary>
internal sealed class JobProgress(Session session, TransferBars bars)
{
    private readonly Dictionary<Uuid, TransferBar> _files = [];

    public async Task ShowAsync(JsonElement job, CancellationToken cancellation)
    {
        var download = job.Member("params").Member("download");
        var image = download.Member("image_uuid").AsUuid();
        foreach (var (_, bar) in _files.Where(file => file.Key != image))
        {
            bar.Complete();
        }

        if (image is { } uuid)
        {
            if (!_files.TryGetValue(uuid, out var bar))
            {
                _files[uuid] = bar = bars.Add(await NameAsync(uuid, cancellation), download.Member("size").AsWholeNumber());
            }

            bar.Set(download.Member("received").AsWholeNumber() ?? 0, download.Member("size").AsWholeNumber());
        }
    }

    /// <summary>The job contains only the UUID.</summary>
    private async Task<string> NameAsync(Uuid image, CancellationToken cancellation)
    {
        try
        {
            return Names.Of((await session.Images.GetManifestAsync(session.Image(image), cancellation)).Json);
        }
        catch (ImgApiException)
        {
            return $"{image}";
        }
    }
}
