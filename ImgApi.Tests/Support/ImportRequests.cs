using System.Net;

namespace ImgApi.Tests.Support;

/// <summary>Shorthand for requests that import images.</summary>
internal static class ImportRequests
{
    public static Task<Answer> ImportFromAsync(this HttpClient client, string uuid, object source, string more = "") =>
        client.PostAnswerAsync($"/images/{uuid}?action=import&source={Uri.EscapeDataString($"{source}")}{more}");

    public static Task<Answer> FileFromAsync(this HttpClient client, string uuid, object source, string more = "") =>
        client.PutAnswerAsync($"/images/{uuid}/file?source={Uri.EscapeDataString($"{source}")}{more}", Requests.Json("{}"));

    public static Task<Answer> ImportRemoteAsync(this HttpClient client, string uuid, object source, string more = "") =>
        client.PostAnswerAsync($"/images/{uuid}?action=import-remote&source={Uri.EscapeDataString($"{source}")}{more}", Requests.Json("{}"));

    public static async Task<string> StartJobAsync(this HttpClient client, string uuid, object source)
    {
        var answer = await client.ImportRemoteAsync(uuid, source);
        return answer.Status == HttpStatusCode.OK
            ? answer.Json.GetProperty("job_uuid").GetString()!
            : throw new InvalidOperationException(answer.Text);
    }

    /// <summary>Polls a job until it has ended. Fails after two minutes, which only a hang takes.</summary>
    public static async Task<Answer> JobEndAsync(this HttpClient client, string job)
    {
        Answer answer = null!;
        await Eventually.TrueAsync(async () =>
        {
            answer = await client.GetAnswerAsync($"/jobs/{job}");
            return answer.Json.GetProperty("execution").GetString() is "succeeded" or "failed" or "canceled";
        });
        return answer;
    }

    /// <summary>The error of a failed job's last step, as <c>code: message</c>; empty for a job that has not failed.</summary>
    public static string ErrorOf(this Answer job)
    {
        var error = job.Json.GetProperty("chain_results").EnumerateArray().Last().GetProperty("error");
        return error.ValueKind == System.Text.Json.JsonValueKind.String ? error.GetString()! : $"{error.GetProperty("code")}: {error.GetProperty("message")}";
    }
}
