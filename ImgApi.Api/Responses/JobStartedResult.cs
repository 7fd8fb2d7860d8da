using ImgApi.Api.Contracts;
using ImgApi.Api.Http;
using ImgApi.Domain.Jobs;
using Microsoft.AspNetCore.Mvc;

namespace ImgApi.Api.Responses;

/// <summary>200 for a job that goes on without the caller, and where to ask about it: <c>/jobs/UUID</c> at <c>workflow-api</c> (contract 5.19).</summary>
internal sealed class JobStartedResult(Job job) : IActionResult
{
    /// <inheritdoc/>
    public Task ExecuteResultAsync(ActionContext context)
    {
        context.HttpContext.Response.Headers["workflow-api"] = PublicUrl.Of(context.HttpContext);
        var reply = new JobStarted(job.Image.ToString(), job.Uuid.ToString());
        return new WireResult<JobStarted>(reply).ExecuteResultAsync(context);
    }
}
