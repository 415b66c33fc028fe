using Cme.Domain.Calendars;
using Cme.Domain.Procedures;
using Cme.Grains.Children;
using Cme.Grains.Rules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Cme.Grains.Hosting;

/// <summary>What the grains need besides storage and clocks, in either flavour.</summary>
public static class GrainServices
{
    public static IServiceCollection AddCmeGrains(this IServiceCollection services)
    {
        services.TryAddSingleton(PackCatalogue.Shipped);
        services.TryAddSingleton(BankHolidays.England);
        services.TryAddSingleton<IRulebook, Rulebook>();
        services.TryAddSingleton<NewEpisodes>();
        services.TryAddSingleton<IReferences, RandomReferences>();
        services.AddOptions<ProcedureOptions>().BindConfiguration("Procedures")
            .Validate<PackCatalogue>((options, packs) => packs.Has(options.DefaultPack), "Procedures:DefaultPack names no installed pack.")
            .ValidateOnStart();
        return services;
    }
}
