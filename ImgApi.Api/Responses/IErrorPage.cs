namespace ImgApi.Api.Responses;

/// <summary>Shows an error as a page. It is a feature of requests for pages; all other requests get errors as JSON.</summary>
internal interface IErrorPage
{
    /// <summary>Writes the body, after the status and the headers that all errors have.</summary>
    Task WriteAsync(HttpContext context, ErrorBody error);
}
