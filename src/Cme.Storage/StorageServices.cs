using Cme.Storage.Access;
using Cme.Storage.Admissions;
using Cme.Storage.Auditor;
using Cme.Storage.Batching;
using Cme.Storage.Boards;
using Cme.Storage.Concerns;
using Cme.Storage.Connections;
using Cme.Storage.Contacts;
using Cme.Storage.Demo;
using Cme.Storage.Duties;
using Cme.Storage.Episodes;
using Cme.Storage.Forms;
using Cme.Storage.Idempotency;
using Cme.Storage.Letters;
using Cme.Storage.Measures;
using Cme.Storage.Questions;
using Cme.Storage.Lessons;
using Cme.Storage.People;
using Cme.Storage.Reads;
using Cme.Storage.Records;
using Cme.Storage.Referrals;
using Cme.Storage.Pictures;
using Cme.Storage.Reports;
using Cme.Storage.Registers;
using Cme.Storage.Reminders;
using Cme.Storage.Removals;
using Cme.Storage.Restricted;
using Cme.Storage.Schools;
using Cme.Storage.Searches;
using Cme.Storage.Sequencer;
using Cme.Storage.States;
using Cme.Storage.Transfers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Cme.Storage;

/// <summary>Puts the store together for a host.</summary>
public static class StorageServices
{
    private const string Business = "business";
    private const string System = "system";

    /// <summary>
    /// Everything that reads and writes. The host provides an <see cref="Npgsql.NpgsqlDataSource"/> (see <see cref="DataSources"/>)
    /// and a keyed <see cref="TimeProvider"/> "system".
    /// </summary>
    public static IServiceCollection AddCmeStorage(this IServiceCollection services)
    {
        services.AddOptions<GroupCommitOptions>().BindConfiguration("Storage:Commits").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<GroupCommitOptions>>().Value);
        services.AddSingleton(provider => new StorageHealth(provider.GetRequiredKeyedService<TimeProvider>(System)));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<StorageDatabase>(
            provider, provider.GetRequiredKeyedService<TimeProvider>(System)));
        services.AddSingleton<SequencerSignal>();
        services.AddSingleton<ISequencerPoke>(provider => provider.GetRequiredService<SequencerSignal>());
        services.AddSingleton<StateWriter>();
        services.AddSingleton<IStateWriter>(provider => provider.GetRequiredService<StateWriter>());
        services.AddSingleton<IStateReader>(provider => provider.GetRequiredService<StateWriter>());
        services.AddSingleton<IReminderTable, ReminderTable>();
        services.AddSingleton<IValidateOptions<CalendarOptions>, CalendarOptionsCheck>();
        services.AddOptions<CalendarOptions>().BindConfiguration("Calendars").ValidateOnStart();
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<CalendarOptions>>().Value.ReadBankHolidays());
        services.AddSingleton<ClusterBuild>();
        services.AddSingleton<IRegisters, RegisterStore>();
        services.AddSingleton<IFeeds, FeedStore>();
        services.AddSingleton<IPupilMarks, PupilMarkStore>();
        services.AddSingleton<SchoolStore>();
        services.AddSingleton<ISchools>(provider => provider.GetRequiredService<SchoolStore>());
        services.AddSingleton<IFamilies>(provider => provider.GetRequiredService<SchoolStore>());
        services.AddSingleton<IPictures, PictureStore>();
        services.AddSingleton<IReports, ReportStore>();
        services.AddSingleton<ILessons, LessonStore>();
        services.AddSingleton<IPlaceQuestions, PlaceQuestionStore>();
        services.AddSingleton<ILetters, LetterStore>();
        services.AddSingleton<IRemovals, RemovalStore>();
        services.AddSingleton<ITransfers, TransferStore>();
        services.AddSingleton<IAdmissions, AdmissionStore>();
        services.AddSingleton<IContacts, ContactStore>();
        services.AddSingleton<IEpisodes, EpisodeStore>();
        services.AddSingleton<IClaims, ClaimStore>();
        services.AddSingleton<IBoards, BoardStore>();
        services.AddSingleton<IForecasts, ForecastStore>();
        services.AddSingleton<IApiKeys, ApiKeys>();
        services.AddSingleton<IPeople, PeopleStore>();
        services.AddSingleton<IPersonLinks, PersonLinks>();
        services.AddSingleton<ISignInLocks, SignInLocks>();
        services.AddSingleton<IPersonEvents, PersonEvents>();
        services.AddSingleton<IIdempotency, IdempotencyStore>();
        services.AddSingleton<IReferrals, ReferralStore>();
        services.AddSingleton<IConcerns, ConcernStore>();
        services.AddSingleton<IConcernDrafts, ConcernDraftStore>();
        services.AddSingleton<IRecords, RecordStore>();
        services.AddSingleton<ISearches, SearchStore>();
        services.AddSingleton<IKeptForms, KeptFormStore>();
        services.AddSingleton<IRestricted, RestrictedStore>();
        services.AddSingleton<ReadChainSignal>();
        services.AddSingleton<ReadLog>();
        services.AddSingleton<IReadLog>(provider => provider.GetRequiredService<ReadLog>());
        services.AddSingleton<IDemoClockStore, DemoClockStore>();
        services.AddSingleton<SiloTable>();
        services.TryAddSingleton<IDuties, DutiesOfOne>();
        return services;
    }

    /// <summary>The duties of a cluster, which one of its processes carries at a time. Before <see cref="AddCmeStorage"/>.</summary>
    public static IServiceCollection AddSharedDuties(this IServiceCollection services)
    {
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SharedDuties>(provider, provider.GetRequiredKeyedService<TimeProvider>(System)));
        services.AddSingleton<IDuties>(provider => provider.GetRequiredService<SharedDuties>());
        return services.AddHostedService(provider => provider.GetRequiredService<SharedDuties>());
    }

    /// <summary>The business clock of a demo: one that can be put forward, from where the database has it.</summary>
    public static IServiceCollection AddDemoClock(this IServiceCollection services)
    {
        services.AddSingleton(new ClockOfDemo(TimeProvider.System));
        services.AddKeyedSingleton<TimeProvider>(Business, (provider, _) => provider.GetRequiredService<ClockOfDemo>());
        return services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ClockKeeper>(provider, provider.GetRequiredKeyedService<TimeProvider>(System)));
    }

    /// <summary>The same for a process of a cluster, which follows when another puts it forward. Before whatever looks at the clock.</summary>
    public static IServiceCollection AddSharedDemoClock(this IServiceCollection services) =>
        services.AddDemoClock().AddHostedService(provider => provider.GetRequiredService<ClockKeeper>());

    /// <summary>
    /// The sequencer and the auditor, as services of a host that runs grains. The host also provides an
    /// <see cref="IPublishedListener"/>, an <see cref="IMissedListener"/> and a keyed <see cref="TimeProvider"/> "business".
    /// </summary>
    public static IServiceCollection AddCmePublication(this IServiceCollection services)
    {
        services.AddOptions<SequencerOptions>().BindConfiguration("Sequencer").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<SequencerOptions>>().Value);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SequencerService>(
            provider, provider.GetRequiredKeyedService<TimeProvider>(System)));
        services.AddHostedService(provider => provider.GetRequiredService<SequencerService>());

        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ReadChain>(provider, provider.GetRequiredKeyedService<TimeProvider>(System)));
        services.AddHostedService(provider => provider.GetRequiredService<ReadChain>());
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<IdempotencyPurge>(
            provider, provider.GetRequiredKeyedService<TimeProvider>(System)));

        services.AddOptions<AuditorOptions>().BindConfiguration("Auditor").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<AuditorOptions>>().Value);
        services.AddSingleton<Audit>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<AuditorService>(
            provider, provider.GetRequiredKeyedService<TimeProvider>(Business), provider.GetRequiredKeyedService<TimeProvider>(System)));
        services.AddHostedService(provider => provider.GetRequiredService<AuditorService>());

        services.AddSingleton<BacklogReader>();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<BacklogGauges>(
            provider, provider.GetRequiredKeyedService<TimeProvider>(Business), provider.GetRequiredKeyedService<TimeProvider>(System)));
        return services;
    }
}
