using Cme.Storage.People;
using Cme.Web.Demo;
using Cme.Web.Security;
using Cme.Web.Security.People;
using Cme.Web.Tests.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Cme.Web.Tests.People;

/// <summary>The program with a system clock that a test can move, and people to sign in.</summary>
public sealed class PeopleHost : EdgeHost
{
    public const string Password = "lemon harbour quilt";

    private static int _made;

    public ShiftedClock Clock { get; } = new();

    protected override void Replace(IServiceCollection services) => services.AddKeyedSingleton<TimeProvider>(Cme.Domain.Clock.System, Clock);

    public Visitor Visitor() => new(Address);

    public DemoAccount Account(string name) => Credentials.Accounts.Single(account => account.UserName == name);

    public string CodeOf(string secret) => Totp.CodeOf(secret, Totp.StepAt(Clock.GetUtcNow()));

    /// <summary>A time at which no code of anybody was used.</summary>
    public void NewCode() => Clock.Advance(TimeSpan.FromSeconds(3 * Totp.SecondsOfStep));

    /// <summary>Somebody new, with a password unless said, and no second factor.</summary>
    public async Task<Person> NewPersonAsync(string role = Roles.Dsl, string? school = "900001", bool password = true)
    {
        var address = $"person{Interlocked.Increment(ref _made)}@school.example";
        await using var scope = Services.CreateAsyncScope();
        var person = new Person
        {
            Id = $"person-{Guid.NewGuid():n}", Authority = Authority, School = school, Role = role, Name = "Wilhelmina Testperson", Email = address,
            EmailKey = address.ToUpperInvariant(), UserKey = address.ToUpperInvariant(), SecurityStamp = Guid.NewGuid().ToString("n"), CreatedAt = Clock.GetUtcNow(),
        };
        if (password) { person.PasswordHash = scope.ServiceProvider.GetRequiredService<IPasswordHasher<Person>>().HashPassword(person, Password); }
        (await Services.GetRequiredService<IPeople>().AddAsync(person)).ShouldBeTrue();
        return person;
    }

    /// <summary>A visitor whose password was right.</summary>
    public async Task<(Visitor Visitor, Page Next)> HalfWayAsync(string address, string password, string returnUrl = "")
    {
        var visitor = Visitor();
        await visitor.OpenAsync($"/sign-in{(returnUrl.Length > 0 ? $"?returnUrl={Uri.EscapeDataString(returnUrl)}" : "")}");
        return (visitor, await visitor.SendAsync("/sign-in", ("email", address), ("password", password), ("returnUrl", returnUrl)));
    }

    /// <summary>A visitor signed in through the form as one of the demo's people.</summary>
    public async Task<Visitor> SignedInAsync(string name)
    {
        NewCode();
        var account = Account(name);
        var (visitor, _) = await HalfWayAsync(account.Email!, account.Password!);
        await visitor.OpenAsync("/sign-in/code");
        var answer = await visitor.SendAsync("/sign-in/code", ("code", CodeOf(account.TotpSecret!)));
        answer.Location.ShouldBe("/", answer.Html);
        return visitor;
    }
}
