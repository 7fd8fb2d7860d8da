using Microsoft.AspNetCore.Mvc.Infrastructure;

namespace ImgApi.Api.Responses;

/// <summary>
/// Sends what actions return: images, lists and content by their senders, other objects as JSON in the wire's form. Replaces the
/// framework's output formatters, which negotiate the content type and send no Content-Length.
/// </summary>
internal sealed class AnswerExecutor(ImageSender images, ListSender lists, ContentSender contents) : IActionResultExecutor<ObjectResult>
{
    public Task ExecuteAsync(ActionContext context, ObjectResult result)
    {
        var http = context.HttpContext;
        return result.Value switch
        {
            ImageAnswer image => images.SendAsync(http, image),
            ListAnswer list => lists.SendAsync(http, list),
            ContentAnswer content => contents.SendAsync(http, content),
            var value => SendJsonAsync(http, value!, result.StatusCode ?? StatusCodes.Status200OK),
        };
    }

    private static Task SendJsonAsync(HttpContext http, object value, int status)
    {
        http.Response.StatusCode = status;
        return BodySender.SendAsync(http, JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), WireJson.Indented));
    }
}
