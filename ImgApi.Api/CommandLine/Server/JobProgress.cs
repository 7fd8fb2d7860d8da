using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Server;

/// <summary>The bars of a job: one for each file that it fetches.</summary>
internal sealed class JobProgress(TransferBars bars)
{
    private readonly Dictionary<string, TransferBar> _files = [];

    public void Show(JsonElement job)
    {
        var download = job.Member("params").Member("download");
        var image = download.Member("image_uuid").AsText();
        foreach (var (_, bar) in _files.Where(file => file.Key != image))
        {
            bar.Complete();
        }

        if (image is not null)
        {
            if (!_files.TryGetValue(image, out var bar))
            {
                _files[image] = bar = bars.Add(image, download.Member("size").AsWholeNumber());
            }

            bar.Set(download.Member("received").AsWholeNumber() ?? 0, download.Member("size").AsWholeNumber());
        }
    }
}
