namespace ImgApi.Domain.Audit;

/// <summary>
/// Why a change happens: the request or the job that makes it, and its user. It follows the asynchronous flow of that request or job, so that
/// the stores can record it without a parameter in every use case.
/// </summary>
/// <param name="Action">Name of the operation in the API documentation, such as <c>CreateImage</c>, or a word of <c>?action=</c>.</param>
/// <param name="User">Null for strangers and for the server itself.</param>
/// <param name="Token">The id of the user's token; null for other credentials.</param>
/// <param name="Address">IP address of the client; null for jobs and the server itself.</param>
/// <param name="Request">The id of the request; for a job, of the request that started it.</param>
public sealed record Cause(string Action, string? User = null, string? Token = null, string? Address = null, string? Request = null)
{
    private static readonly AsyncLocal<Cause?> Flow = new();

    /// <summary>The cause of the changes that the caller and what it awaits will make.</summary>
    public static Cause Current
    {
        get => Flow.Value ?? new Cause("Server");
        set => Flow.Value = value;
    }
}
