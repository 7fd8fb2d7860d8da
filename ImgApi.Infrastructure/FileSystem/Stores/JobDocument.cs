using System.Text.Json;
using ImgApi.Domain.Jobs;
using ImgApi.Domain.Remote;

namespace ImgApi.Infrastructure.FileSystem.Stores;

/// <summary>A job as it is stored. The source includes its credentials; the file is readable by the server's user only.</summary>
internal sealed record JobDocument
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        AllowTrailingCommas = true,
    };

    public required string Uuid { get; init; }

    public required string Source { get; init; }

    public string? Account { get; init; }

    public bool SourceIsConfigured { get; init; }

    public required IReadOnlyList<string> Images { get; init; }

    public string? Channel { get; init; }

    public bool IsForced { get; init; }

    public required string RequestId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Execution { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public IReadOnlyList<string> Created { get; init; } = [];

    public IReadOnlyList<JobResult> Results { get; init; } = [];

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

    private static JobDocument From(Job job) => new()
    {
        Uuid = job.Uuid.ToString(),
        Source = job.Source.ToSecretUrl(),
        Account = job.Source.Account?.ToString(),
        SourceIsConfigured = job.Source.IsConfigured,
        Images = [.. job.Images.Select(image => image.ToString())],
        Channel = job.Channel,
        IsForced = job.IsForced,
        RequestId = job.RequestId,
        CreatedAt = job.CreatedAt,
        Execution = job.Execution.ToString(),
        FinishedAt = job.FinishedAt,
        Created = [.. job.Created.Select(image => image.ToString())],
        Results = job.Results,
    };

    private Job ToJob()
    {
        if (!ImageSource.TryParse(Source, out var source) || !Enum.TryParse<JobExecution>(Execution, out var execution) || Images.Count == 0)
        {
            throw new FormatException("it has no usable source, execution or images");
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
        };
        return job.Restore(execution, FinishedAt, [.. Created.Select(Domain.Values.Uuid.Parse)], Results);
    }
}
