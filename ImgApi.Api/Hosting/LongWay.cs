using Microsoft.AspNetCore.Http.Features;

namespace ImgApi.Api.Hosting;

/// <summary>What comes after it in the pipeline may wait: it never runs on a thread that waits for sockets.</summary>
internal sealed class LongWay(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var thread = context.Features.GetRequiredFeature<SocketThread>();
        try
        {
            await thread.LeaveAsync();
            await next(context);
        }
        finally
        {
            thread.Return();
        }
    }
}
