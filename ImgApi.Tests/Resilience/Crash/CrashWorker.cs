using System.Collections.Concurrent;
using System.Net;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Resilience.Crash;

/// <summary>A client that changes its own images, and sometimes the shared one, until the server is killed.</summary>
internal sealed class CrashWorker(
    int number, CrashSite site, CrashModel model, CrashFigures figures, ConcurrentQueue<string> complaints)
{
    private const int MaxChanges = 5_000;
    private const int MaxImages = 4;
    private const int MinImages = 2;
    private const int OneInShared = 8;

    private readonly string _prefix = $"w{number}-";

    /// <summary>Works until the kill. Every wrong answer is a complaint.</summary>
    public async Task RunAsync(Random random)
    {
        for (var i = 0; i < MaxChanges && !site.Trigger.HasFired; i++)
        {
            var isAnswered = random.Next(OneInShared) == 0 ? await GrantSharedAsync(random) : await ChangeAsync(random);
            if (!isAnswered)
            {
                return;
            }
        }
    }

    private async Task<bool> ChangeAsync(Random random)
    {
        var (image, isNew) = Choose(random);
        var planned = Plan(image, isNew, random);
        model.Begin(image.Name, planned.After);
        if (await AskAsync(planned.Send) is not { } answer)
        {
            return false;
        }

        if (planned.Finish is { } finish)
        {
            model.Promise(image.Name);
            if (await AskAsync(at => finish(at, answer)) is not { } end)
            {
                return false;
            }

            answer = end;
        }

        var isDeleted = planned.After is null;
        model.Settle(image.Name, isDeleted ? null : planned.After! with { Uuid = answer.Uuid, Text = answer.Text });
        figures.CountAnswer();
        site.Trigger.Count(KillPoint.Unit.Answers);
        return true;
    }

    private async Task<bool> GrantSharedAsync(Random random)
    {
        var account = ChangeKinds.Uuid(random);
        model.SharedGrants[account] = false;
        if (await AskAsync(at => at.Client.PostAnswerAsync($"/images/{model.SharedUuid}/acl", Requests.Json(new[] { account }))) is null)
        {
            return false;
        }

        model.SharedGrants[account] = true;
        figures.CountAnswer();
        site.Trigger.Count(KillPoint.Unit.Answers);
        return true;
    }

    private (ModelImage Image, bool IsNew) Choose(Random random)
    {
        var images = model.SettledOf(_prefix);
        var isNew = images.Length < MinImages || (images.Length < MaxImages && random.Next(3) == 0);
        return isNew ? (new ModelImage($"{_prefix}{figures.NextNumber()}"), true) : (images[random.Next(images.Length)], false);
    }

    private static PlannedChange Plan(ModelImage image, bool isNew, Random random) =>
        ChangeKinds.Choose(isNew ? null : image, random).Plan(image, random);

    /// <summary>The answer to a valid change; null if the connection broke or the server refused it.</summary>
    private async Task<Answer?> AskAsync(Func<CrashSite, Task<Answer>> send)
    {
        try
        {
            var answer = await send(site);
            if (answer.Status is HttpStatusCode.OK or HttpStatusCode.NoContent)
            {
                return answer;
            }

            complaints.Enqueue($"a valid change was answered with {answer.Status}: {answer.Text}");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
        {
            if (!site.Trigger.HasFired)
            {
                complaints.Enqueue($"the connection broke before the server was killed: {broken}");
            }
        }

        return null;
    }
}
