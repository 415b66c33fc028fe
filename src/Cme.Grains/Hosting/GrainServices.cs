using Cme.Domain.Calendars;
using Cme.Domain.Episodes;
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
            .Validate<PackCatalogue>(
                (options, packs) => IsFor(packs, options.CmePack, EpisodeKinds.Cme) && IsFor(packs, options.MissingPersonPack, EpisodeKinds.MissingPerson)
                    && IsFor(packs, options.HomeEducationPack, EpisodeKinds.HomeEducation),
                "Procedures:CmePack, MissingPersonPack and HomeEducationPack must each name an installed pack for records of that kind.")
            .ValidateOnStart();
        return services;
    }

    private static bool IsFor(PackCatalogue packs, string id, string kind) => packs.Has(id) && packs[id].Kind == kind;
}
