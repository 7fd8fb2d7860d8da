using System.Net;
using ImgApi.Domain.Importing;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Server.Jobs;

/// <summary>A server with the maximum number of unfinished jobs.</summary>
[TestFixture]
internal sealed class FullQueueTests
{
    private static void WriteJob(TemporaryFolder folder, Uri source)
    {
        var uuid = Uuid.New();
        folder.Write($"data/.imgapi-jobs/{uuid}.json", $$"""
            {"uuid":"{{uuid}}","source":"{{source}}","source_is_configured":true,"images":["{{Uuid.New()}}"],"request_id":"a",
            "created_at":"2026-11-23T03:10:01Z","execution":"Queued"}
            """);
    }

    [Test]
    public async Task A_job_beyond_the_maximum_is_refused_with_Retry_After()
    {
        var held = new TaskCompletionSource();
        await using var source = new ScriptedServer(_ => held.Task);
        await using var answering = new ScriptedServer(exchange => exchange.SendJsonAsync(
            $$"""{"v":2,"uuid":"{{exchange.Target.Split('/')[2]}}","name":"a","version":"1","type":"other","os":"other"}"""));
        using var folder = new TemporaryFolder();
        for (var i = 0; i < JobRegistry.MaxLive; i++)
        {
            WriteJob(folder, source.Address);
        }

        await using var server = await TestServer.StartAsync(dataFolder: folder.Combine("data"));
        var answer = await server.Admin.ImportRemoteAsync(Uuid.New().ToString(), answering.Address);
        Assert.That((answer.Status, answer.Code), Is.EqualTo((HttpStatusCode.ServiceUnavailable, "ServiceUnavailableError")), answer.Text);
        Assert.That(answer.Header("Retry-After"), Is.EqualTo("60"));
        held.SetResult();
    }
}
