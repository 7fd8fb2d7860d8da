using System.CommandLine;
using System.Globalization;
using ImgApi.Api.Background;
using ImgApi.Api.CommandLine.Connection;
using ImgApi.Api.CommandLine.Output;
using ImgApi.Infrastructure.FileSystem.Layout;
using ImgApi.Infrastructure.FileSystem.Stores;

namespace ImgApi.Api.CommandLine.Server;

/// <summary>
/// <c>imgapi verify [UUID...]</c>: re-reads the content of a data folder and lists what is damaged. A server may be running on the folder;
/// it uses the results at once.
/// </summary>
internal static class VerifyCommand
{
    /// <param name="configurationFile">The option with the configuration file, which names the data folder.</param>
    public static Command Create(Option<FileInfo?> configurationFile)
    {
        var uuids = new Argument<string[]>("uuid") { Description = "Only these images.", Arity = ArgumentArity.ZeroOrMore };
        uuids.Validators.Add(given =>
        {
            foreach (var token in given.Tokens.Where(token => !Uuid.TryParse(token.Value, out _)))
            {
                given.AddError($"\"{token.Value}\" is not a UUID");
            }
        });
        var rate = new Option<long>("--rate")
        {
            Description = "Maximum bytes per second.",
            HelpName = "bytes",
            CustomParser = given =>
            {
                if (!long.TryParse(given.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
                {
                    given.AddError("--rate needs a number of bytes per second");
                }

                return bytes;
            },
        };
        var command = new Command(
            "verify", "Re-read stored files and icons and compare size, SHA-1 and MD5. Exit code: 1 if any is damaged, 2 if any could not be read.")
        {
            uuids, rate, configurationFile, OutputOptions.Json,
        };
        command.SetAction((parsed, cancellation) => ClientCommand.RunAsync(
            parsed,
            printer => RunAsync(printer, parsed.GetValue(configurationFile)?.FullName, parsed.GetValue(uuids) ?? [], parsed.GetValue(rate), cancellation),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Printer printer, string? file, string[] texts, long rate, CancellationToken cancellation)
    {
        try
        {
            var configuration = file is not null ? ConfigurationFile.Read(file) : LocalDefault.Find(LocalDefault.Home);
            var folder = OfflineFolder.Open(configuration.DataFolder);
            using var loggers = LoggerFactory.Create(logging => logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
            using var damages = new DamageRegister(folder.Damages(loggers.CreateLogger("imgapi")));
            Uuid[] uuids = texts.Length > 0 ? [.. texts.Select(Uuid.Parse)] : [.. folder.Uuids];
            return await TransferBars.RunAsync(printer, async bars =>
            {
                var bar = printer.ShowsProgress ? bars.Add("verify", await SizeAsync(folder, uuids, cancellation)) : null;
                return await VerifyAsync(folder, damages, uuids, new ReadPace(rate, TimeProvider.System), new VerifyReport(printer, bars), bar, cancellation);
            });
        }
        catch (Exception problem) when (problem is ConfigurationException or DataFolderException)
        {
            throw new CommandException(problem.Message, VerifyReport.Unusable);
        }
    }

    private static async Task<int> VerifyAsync(
        OfflineFolder folder, DamageRegister damages, Uuid[] uuids, ReadPace pace, VerifyReport report, TransferBar? bar, CancellationToken cancellation)
    {
        var verification = new ContentVerification(folder, folder, TimeProvider.System);
        foreach (var uuid in uuids)
        {
            try
            {
                var image = await folder.FindAsync(uuid, cancellation) ?? throw new DataFolderException($"{uuid}: no such image");
                var found = await verification.VerifyAsync(image, CountAsync, cancellation);
                foreach (var (content, damage) in found)
                {
                    await RecordAsync(image, content, damage, damages, report, cancellation);
                }

                report.AddGood(found.Count(content => content.Damage is null));
            }
            catch (DataFolderException unreadable)
            {
                report.AddUnreadable(unreadable.Message);
            }
        }

        bar?.Complete();
        return report.End(pace.Bytes);

        ValueTask CountAsync(int bytes, CancellationToken stop)
        {
            bar?.Set(pace.Bytes + bytes);
            return pace.CountAsync(bytes, stop);
        }
    }

    /// <summary>The bytes to read, so that the time left can be estimated.</summary>
    private static async Task<long> SizeAsync(OfflineFolder folder, Uuid[] uuids, CancellationToken cancellation)
    {
        long size = 0;
        foreach (var uuid in uuids)
        {
            try
            {
                var image = await folder.FindAsync(uuid, cancellation);
                size += (image?.File?.Size ?? 0) + (image?.Icon?.Size ?? 0);
            }
            catch (DataFolderException)
            {
                // The check itself reports it.
            }
        }

        return size;
    }

    /// <summary>Reports damage, and updates the damage register that a running server uses.</summary>
    private static async Task RecordAsync(
        Image image, ContentKey content, Damage? damage, DamageRegister damages, VerifyReport report, CancellationToken cancellation)
    {
        if (damage is null)
        {
            await damages.ClearAsync(image.Uuid, content, cancellation);
            return;
        }

        await damages.EnterAsync([damage], cancellation);
        report.AddDamaged(image, damage.Reason);
    }
}
