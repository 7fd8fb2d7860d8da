using System.Net;
using System.Text.Json;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Crash;

/// <summary>Compares a restarted server with the model, and settles the changes in doubt.</summary>
internal sealed class ModelCheck(HttpClient client, CrashModel model, CrashFigures figures)
{
    private readonly List<string> _complaints = [];

    /// <summary>A sentence for each difference.</summary>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        var list = await client.GetAnswerAsync("/images?state=all");
        var listed = list.Json.EnumerateArray().ToLookup(image => image.GetProperty("name").GetString()!);
        foreach (var (name, entry) in model.Entries)
        {
            await CheckAsync(name, entry, [.. listed[name]]);
        }

        CheckShared([.. listed[CrashRun.SharedName]]);
        var health = await client.GetAnswerAsync("/health");
        Complain(health.Json.GetProperty("status").GetString() == "ok", $"the server reports its health as {health.Text}");
        _complaints.AddRange(listed.Where(group => group.Key != CrashRun.SharedName && !model.Entries.ContainsKey(group.Key))
            .Select(group => $"{group.Key} was never created"));
        return _complaints;
    }

    private async Task CheckAsync(string name, ModelEntry entry, JsonElement[] found)
    {
        if (found.Length > 1)
        {
            _complaints.Add($"{name} exists {found.Length} times");
            return;
        }

        var actual = found.Length == 0 ? null : await SeeAsync(found[0]);
        var text = actual is null ? null : (await client.GetAnswerAsync($"/images/{actual.Uuid}")).Text;
        var match = entry.Allowed.Select((allowed, index) => (allowed, index)).Where(pair => Fits(pair.allowed, actual, text)).ToArray();
        if (match.Length == 0)
        {
            var allowed = string.Join(" or ", entry.Allowed.Select(image => image?.ToString() ?? "nothing"));
            _complaints.Add($"{name} is {actual?.ToString() ?? "missing"} ({text}), allowed was {allowed}");
            return;
        }

        figures.Doubts += entry.Doubt is null or { IsPromised: true } ? 0 : 1;
        figures.DoubtsThatHappened += match[0].index;
        var now = match[0].allowed;
        model.Settle(name, now is null ? null : now with { Uuid = actual!.Uuid, Text = text });
        if (now is not null)
        {
            figures.ImagesChecked++;
            // The manifest contains the file's digest; the bytes are checked separately.
            var file = await DownloadAsync($"/images/{actual!.Uuid}/file");
            Complain(file?.Sha1 == now.File?.Sha1 && file?.Size == now.File?.Size, $"the file of {name} is {file}, not {now.File}");
        }
    }

    /// <summary>An acknowledged image equals its answer byte for byte; an image in doubt has the requested fields.</summary>
    private static bool Fits(ModelImage? allowed, Seen? actual, string? text) =>
        allowed is null || actual is null
            ? allowed is null && actual is null
            : actual.Fits(allowed) && (allowed.Text is null || allowed.Text == text);

    private async Task<Seen> SeeAsync(JsonElement manifest) =>
        Seen.Of(manifest, await DownloadAsync($"/images/{manifest.GetProperty("uuid")}/icon"));

    /// <summary>The content at the URL; null if there is none. A failed download returns a content that matches no model.</summary>
    private async Task<ModelContent?> DownloadAsync(string url)
    {
        try
        {
            using var answer = await client.GetAsync(url);
            var bytes = await answer.Content.ReadAsByteArrayAsync();
            figures.BytesChecked += bytes.Length;
            return answer.StatusCode switch
            {
                HttpStatusCode.NotFound => null,
                HttpStatusCode.OK => new ModelContent(Noise.Sha1(bytes), bytes.Length, answer.Content.Headers.ContentType!.ToString()),
                _ => new ModelContent($"answered {answer.StatusCode}", bytes.Length, url),
            };
        }
        catch (HttpRequestException broken)
        {
            return new ModelContent(broken.Message, 0, url);
        }
    }

    private void CheckShared(JsonElement[] found)
    {
        if (found.Length != 1)
        {
            _complaints.Add($"the shared image exists {found.Length} times");
            return;
        }

        var granted = Seen.Accounts(found[0]).ToHashSet();
        _complaints.AddRange(model.SharedGrants.Where(grant => grant.Value && !granted.Contains(grant.Key)).Select(grant => $"the grant to {grant.Key} is lost"));
        _complaints.AddRange(granted.Where(account => !model.SharedGrants.ContainsKey(account)).Select(account => $"{account} was never granted access"));
        foreach (var (account, _) in model.SharedGrants)
        {
            if (granted.Contains(account))
            {
                model.SharedGrants[account] = true;
            }
            else
            {
                model.SharedGrants.TryRemove(account, out bool _);
            }
        }
    }

    private void Complain(bool isRight, string complaint)
    {
        if (!isRight)
        {
            _complaints.Add(complaint);
        }
    }
}
