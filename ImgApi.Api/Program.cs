using ImgApi.Api.CommandLine;
using ImgApi.Api.Hosting;

return FileLimitCheck.Refuses() ? ImgApiCommand.Failure : await ImgApiCommand.RunAsync(args, ServerHost.RunAsync);
