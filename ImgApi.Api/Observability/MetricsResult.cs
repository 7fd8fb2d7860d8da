namespace ImgApi.Api.Observability;

/// <summary>200 with the metrics.</summary>
internal sealed class MetricsResult(ServerMetrics metrics) : ActionResult
{
    private const string PrometheusText = "text/plain; version=0.0.4; charset=utf-8";

    public override async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        http.Response.ContentType = PrometheusText;
        using var text = new MemoryStream();
        await metrics.WriteAsync(text, http.RequestAborted);
        http.Response.ContentLength = text.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(text.GetBuffer().AsMemory(0, (int)text.Length), http.RequestAborted);
        }
    }
}
