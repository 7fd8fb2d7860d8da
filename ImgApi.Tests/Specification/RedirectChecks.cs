using ImgApi.Tests.Support;

namespace ImgApi.Tests.Specification;

[TestFixture]
internal sealed class RedirectChecks() : ContractFixture(ServerMode.Mixed)
{
    [TestCase("/", "/docs/", TestName = "Check_027")]
    [TestCase("/docs", "/docs/", TestName = "Check_027_docs")]
    [TestCase("/docs/", "/swagger/index.html", TestName = "Docs_are_the_swagger_page")]
    [TestCase("/datasets", "/images", TestName = "Check_028_all")]
    [TestCase("/datasets/" + UnknownUuid, "/images/" + UnknownUuid, TestName = "Check_028")]
    [TestCase("/datasets/a:b", "/images?name=a&version=b", TestName = "Check_028_name_and_version")]
    [TestCase("/datasets/Images", "/images?name=Images", TestName = "Check_028_a_name_like_a_path")]
    [TestCase("/datasets/a:b:c", "/images?name=c", TestName = "Check_028_urn_without_version")]
    [TestCase("/datasets/a:b:c:d", "/images?name=c&version=d", TestName = "Check_028_urn")]
    [TestCase("/datasets/x%0d%0aSet-Cookie:y", "/images?name=x%0D%0ASet-Cookie&version=y", TestName = "Check_028_no_header_injection")]
    public async Task Moved(string path, string target)
    {
        var answer = await RawHttp.SendAsync(Server.Address, "GET", path);
        Assert.That(answer, Does.StartWith("HTTP/1.1 301").And.Contain($"\r\nLocation: {target}\r\n"));
    }
}
