using System.Text.Json;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>A job as it is stored. Until the job has finished, the source includes its credentials; the file is readable by the server's user only.</summary>
internal sealed record JobDocument(
    string Uuid,
    string Source,
    string? Account,
    bool SourceIsConfigured,
    IReadOnlyList<string> Images,
    string? Channel,
    bool IsForced,
    string RequestId,
    DateTimeOffset CreatedAt,
    string Execution,
    DateTimeOffset? FinishedAt,
    IReadOnlyList<string>? Created,
    IReadOnlyList<JobResult>? Results,
    string? User = null)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        AllowTrailingCommas = true,
    };

    public static byte[] Write(Job job) => JsonSerializer.SerializeToUtf8Bytes(From(job), Json);

    /// <exception cref="FormatException">The text is not a job.</exception>
    public static Job Read(byte[] text)
    {
        try
        {
            return (JsonSerializer.Deserialize<JobDocument>(text, Json) ?? throw new FormatException("it contains null")).ToJob();
        }
        catch (JsonException e)
        {
            throw new FormatException("it is not JSON, or lacks members of a job", e);
        }
    }

    private static JobDocument From(Job job) => new(
        job.Uuid.ToString(),
        job.Source.ToSecretUrl(),
        job.Source.Account?.ToString(),
        job.Source.IsConfigured,
        [.. job.Images.Select(image => image.ToString())],
        job.Channel,
        job.IsForced,
        job.RequestId,
        job.CreatedAt,
        job.Execution.ToString(),
        job.FinishedAt,
        [.. job.Created.Select(image => image.ToString())],
        job.Results,
        job.User);

    private Job ToJob()
    {
        // A missing member has the default value of its type.
        if (!ImageSource.TryParse(Source, out var source) || !Enum.TryParse<JobExecution>(Execution, out var execution)
            || Images is not { Count: > 0 } || RequestId is null || CreatedAt == default)
        {
            throw new FormatException("it has no usable source, execution or images, or lacks other members of a job");
        }

        var job = new Job
        {
            Uuid = Domain.Values.Uuid.Parse(Uuid),
            Source = source with
            {
                Account = Account is null ? null : Domain.Values.Uuid.Parse(Account),
                IsConfigured = SourceIsConfigured,
            },
            Images = [.. Images.Select(Domain.Values.Uuid.Parse)],
            Channel = Channel,
            IsForced = IsForced,
            RequestId = RequestId,
            CreatedAt = CreatedAt,
            User = User,
        };
        return job.Restore(execution, FinishedAt, [.. (Created ?? []).Select(Domain.Values.Uuid.Parse)], Results ?? []);
    }
}
