using ImgApi.Api.Authentication;
using ImgApi.Api.Background;
using ImgApi.Api.Controllers;
using ImgApi.Api.Hosting;
using ImgApi.Api.Logging;
using ImgApi.Api.Pipeline;
using ImgApi.Infrastructure.FileSystem.Stores;
using ImgApi.Infrastructure.Security;

namespace ImgApi.Tests.Unit.Api.Logging;

[TestFixture]
internal sealed class LogCategoriesTests
{
    [TestCase(typeof(ChangeLogMiddleware), "change")]
    [TestCase(typeof(RequestLogMiddleware), "request")]
    [TestCase(typeof(ErrorHandlingMiddleware), "request")]
    [TestCase(typeof(CredentialsHandler), "access")]
    [TestCase(typeof(UserKeys), "access")]
    [TestCase(typeof(JobLog), "import")]
    [TestCase(typeof(ContentScrub), "storage")]
    [TestCase(typeof(FileSystemImageRepository), "storage")]
    [TestCase(typeof(ContentWarnings), "image")]
    [TestCase(typeof(ImagesController), "image")]
    [TestCase(typeof(ServerCertificate), "server")]
    [TestCase(typeof(Microsoft.AspNetCore.Builder.WebApplication), "framework")]
    public void The_category_of_an_event_says_what_it_is_about(Type logger, string category) =>
        Assert.That(LogCategories.Of(logger.FullName!), Is.EqualTo(category));

    [TestCase(LogLevels.OperatorNotices)]
    [TestCase(Greeting.Category)]
    public void A_notice_to_the_operator_is_about_the_server(string category) => Assert.That(LogCategories.Of(category), Is.EqualTo("server"));
}
