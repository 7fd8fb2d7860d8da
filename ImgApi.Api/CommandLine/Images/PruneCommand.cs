using System.CommandLine;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;

namespace ImgApi.Api.CommandLine.Images;

/// <summary><c>imgapi prune</c>: deletes images that are too old, after saying which.</summary>
internal static class PruneCommand
{
    private static readonly Option<int?> Keep = Number("--keep", "Delete only images with so many newer active ones of the same name.", "number");
    private static readonly Option<int?> OlderThan = Number("--older-than", "Delete only images that were published before so many days.", "days");
    private static readonly Option<int?> Unactivated = Number("--unactivated", "Delete images that were never activated after so many days without a change.", "days");

    private static readonly Option<int?> FetchedWithin = Number(
        "--fetched-within", $"Keep images that were downloaded in so many days; {RetentionRules.DefaultFetchedWithinDays} by default.", "days", least: 0);

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only show what would be deleted." };

    public static Command Create()
    {
        var command = ClientCommand.Create(
            "prune", "Delete images that are too old, from all channels.", RunAsync, Keep, OlderThan, Unactivated, FetchedWithin, DryRun, DeleteCommand.Yes);
        command.Validators.Add(given =>
        {
            if (given.GetResult(Keep) is null && given.GetResult(OlderThan) is null && given.GetResult(Unactivated) is null)
            {
                given.AddError("prune needs --keep, --older-than or --unactivated");
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(Session session, ParseResult parsed, CancellationToken cancellation)
    {
        session.AskKnownUser();
        var rules = RetentionRules.OfDays(
            parsed.GetValue(Keep), parsed.GetValue(OlderThan), parsed.GetValue(Unactivated),
            parsed.GetValue(FetchedWithin) ?? RetentionRules.DefaultFetchedWithinDays);
        var images = await RemoteAges.ReadAsync(session, cancellation);
        var going = Pruning.Select([.. images.Values.Select(image => image.Aged)], rules, TimeProvider.System.GetUtcNow())
            .Select(image => images[image.Uuid].Manifest).ToList();
        if (parsed.GetValue(DryRun))
        {
            await ListCommand.PrintAsync(session.Printer, going.Select(image => image.Json).ToAsyncEnumerable(), parsed, showsStates: true);
            return ExitCode.Done;
        }

        if (going.Count > 0 && !parsed.GetValue(DeleteCommand.Yes) && !await DeleteCommand.ConfirmAsync(session, going, cancellation))
        {
            Printer.Error("imgapi: nothing was deleted");
            return ExitCode.Refused;
        }

        return await DeleteAsync(session, going, cancellation);
    }

    /// <summary>Deletes as many as the server permits: what it refuses, such as an image of another user, does not stop the others.</summary>
    private static async Task<int> DeleteAsync(Session session, List<RemoteManifest> images, CancellationToken cancellation)
    {
        var code = ExitCode.Done;
        session.Printer.BeginArray();
        foreach (var image in images)
        {
            try
            {
                var channel = image.Json.Member("channels").Items().FirstOrDefault().AsText();
                var source = session.Source with { Channel = channel ?? session.Source.Channel };
                await session.Changes.DeleteAsync(session.Image(image.Uuid!.Value) with { Source = source }, fromAllChannels: true, cancellation);
                session.PrintChanged("Deleted", image.Json);
            }
            catch (ImgApiException refusal) when (refusal.Code != ErrorCode.Unauthorized && !Refusals.IsUnreachable(refusal))
            {
                Printer.Error($"imgapi: {Names.Of(image.Json)} was not deleted: {refusal.Message} ({refusal.Code.Name})");
                code = ExitCode.Refused;
            }
        }

        return code;
    }

    private static Option<int?> Number(string name, string description, string unit, int least = 1)
    {
        const int Max = 10_000;
        var option = new Option<int?>(name) { Description = description, HelpName = unit };
        option.Validators.Add(given =>
        {
            if (given.Errors.Any() || given.GetValueOrDefault<int?>() is not { } number || number < least || number > Max)
            {
                given.AddError($"{name} needs a number from {least} to {Max}");
            }
        });
        return option;
    }
}
