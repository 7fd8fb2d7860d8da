using ImgApi.Domain.Images;
using ImgApi.Infrastructure.FileSystem.Catalogues;
using ImgApi.Tests.Support;

namespace ImgApi.Tests.Infrastructure.FileSystem;

/// <summary>What guards see of writes that are still under way.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class CatalogueLedgerTests
{
    private readonly Image _origin;
    private readonly Image _child;
    private readonly CatalogueLedger _ledger;

    public CatalogueLedgerTests()
    {
        _origin = new ImageBuilder().Build();
        _child = new ImageBuilder().WithOrigin(_origin.Uuid).Build();
        _ledger = new CatalogueLedger(Catalogue.From([_origin]));
    }

    private ICatalogueView View()
    {
        ICatalogueView? seen = null;
        _ledger.BeginChange(_origin, (image, view) =>
        {
            seen = view;
            return image;
        });
        return seen!;
    }

    [Test]
    public void An_image_that_is_being_added_does_not_exist_yet_but_depends_already()
    {
        var write = _ledger.BeginAdd(_child, _ => { });
        Assert.That(View().Find(_child.Uuid), Is.Null);
        Assert.That(View().DependentsOf(_origin.Uuid), Is.EqualTo(new[] { _child }));
        Assert.That(_ledger.Current.Find(_child.Uuid), Is.Null);
        _ledger.Complete(write);
        Assert.That(View().Find(_child.Uuid), Is.SameAs(_child));
    }

    [Test]
    public void An_image_that_is_being_removed_does_not_exist_any_more_but_depends_still()
    {
        _ledger.Complete(_ledger.BeginAdd(_child, _ => { }));
        var write = _ledger.BeginRemove(_child, (_, _) => { });
        Assert.That(View().Find(_child.Uuid), Is.Null);
        Assert.That(View().DependentsOf(_origin.Uuid), Is.EqualTo(new[] { _child }));
        Assert.That(_ledger.Current.Find(_child.Uuid), Is.SameAs(_child));
        _ledger.Abandon(write);
        Assert.That(View().Find(_child.Uuid), Is.SameAs(_child));
    }

    [Test]
    public void An_image_that_is_getting_another_origin_depends_on_both()
    {
        _ledger.Complete(_ledger.BeginAdd(_child, _ => { }));
        var other = Uuid.New();
        var write = _ledger.BeginChange(_child, (image, _) =>
            image.Update(new ImageChange(image.Uuid, image.Details with { Origin = other }, null, null)))!;
        Assert.That(View().DependentsOf(_origin.Uuid), Has.Count.EqualTo(1));
        Assert.That(View().DependentsOf(other), Has.Count.EqualTo(1));
        _ledger.Complete(write);
        Assert.That(View().DependentsOf(_origin.Uuid), Is.Empty);
        Assert.That(View().DependentsOf(other), Has.Count.EqualTo(1));
    }

    [Test]
    public void The_uuid_that_an_image_is_moving_to_is_taken()
    {
        var to = Uuid.New();
        _ledger.BeginChange(_origin, (image, _) => StoredImages.Moved(image, to));
        Assert.That(View().Find(_origin.Uuid), Is.Null);
        Assert.That(View().Find(to), Is.Null);
        Assert.That(
            () => _ledger.BeginAdd(new ImageBuilder().WithUuid(to).Build(), _ => { }),
            Throws.Exception.With.Message.EqualTo($"image uuid \"{to}\" already exists"));
    }
}
